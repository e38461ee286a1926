// The chain in C++, as one loop and in blocks that stay in the nearest cache; workload.h is written by the driver.
// T: what formulas are computed in. Sums over all events are doubles.
#pragma once
#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <limits>
#include "workload.h"

template <typename T> struct Axis {
  int bins;
  T low, scale;
  constexpr Axis(const double (&b)[3]) : bins(int(b[0])), low(T(b[1])), scale(T(b[0] / (b[2] - b[1]))) {}
  int slot(T x) const {
    const T t = (x - low) * scale;
    return t < 0 ? 0 : int(std::min(t, T(bins))) + 1;
  }
};

constexpr int BLOCK = 1024, CELLS = (int(HT[0]) + 2) * (int(DETA[0]) + 2);
constexpr int DELTAS = int(DELTA[0]) + 2, MASSES = int(MASS[0]) + 2;

struct Cell { uint64_t n; double sum, absolute; };
struct Regime { uint64_t n; double sum, square; };
struct Tables {
  uint64_t delta[REGIMES * DELTAS] = {}, mass[MASSES] = {};
  Cell grid[CELLS] = {};
  Regime regime[REGIMES] = {};
};

template <typename T> T mass(T pt1, T eta1, T phi1, T pt2, T eta2, T phi2) {
  const T e = std::exp(eta1 - eta2);
  return std::sqrt(2 * pt1 * pt2 * (T(0.5) * (e + 1 / e) - std::cos(phi1 - phi2)));
}

template <typename T> struct Event { T delta; int32_t regime, at_delta, at_cell, at_mass; };

template <typename T> inline Event<T> event(const float *const *c, size_t i) {
  constexpr Axis<T> axis_delta(DELTA), axis_mass(MASS), axis_ht(HT), axis_deta(DETA);
  const T x = T(c[0][i]) + T(c[3][i]), y = std::abs(T(c[1][i]) - T(c[4][i]));
  const T truth = mass<T>(c[0][i], c[1][i], c[2][i], c[3][i], c[4][i], c[5][i]);
  const T reco = mass<T>(c[6][i], c[7][i], c[8][i], c[9][i], c[10][i], c[11][i]);
  const T delta = (reco - truth) / truth;
  const T u = (x - T(MEAN[0])) / T(WIDTH[0]), v = (y - T(MEAN[1])) / T(WIDTH[1]);
  T least = std::numeric_limits<T>::max();
  int32_t nearest = 0;
  for (int r = 0; r < REGIMES; r++) {
    const T du = u - T(CENTROIDS[r][0]), dv = v - T(CENTROIDS[r][1]), distance = du * du + dv * dv;
    nearest = distance < least ? r : nearest;
    least = distance < least ? distance : least;
  }
  return {delta, nearest, nearest * DELTAS + axis_delta.slot(delta),
          axis_deta.slot(y) * (axis_ht.bins + 2) + axis_ht.slot(x), axis_mass.slot(reco)};
}

inline void fill(Tables &out, int32_t at_delta, int32_t at_cell, int32_t at_mass, double delta) {
  out.delta[at_delta]++;
  out.mass[at_mass]++;
  Cell &cell = out.grid[at_cell];
  cell.n++;
  cell.sum += delta;
  cell.absolute += std::abs(delta);
}

// One loop, as one writes it at first.
template <typename T> void loop(const float *const *columns, size_t events, Tables &out) {
  for (size_t i = 0; i < events; i++) {
    const Event<T> e = event<T>(columns, i);
    const double delta = e.delta;
    fill(out, e.at_delta, e.at_cell, e.at_mass, delta);
    Regime &regime = out.regime[e.regime];
    regime.n++;
    regime.sum += delta;
    regime.square += delta * delta;
  }
}

// In blocks: a pass that vectorises, then the fills, then the regimes' sums in registers.
template <typename T> void blocks(const float *const *columns, size_t events, Tables &out) {
  alignas(64) T delta[BLOCK];
  alignas(64) int32_t regime[BLOCK], at_delta[BLOCK], at_cell[BLOCK], at_mass[BLOCK];
  for (size_t start = 0; start < events; start += BLOCK) {
    const int n = int(std::min<size_t>(BLOCK, events - start));
    const float *c[12];
    for (int k = 0; k < 12; k++) c[k] = columns[k] + start;
    for (int i = 0; i < n; i++) {
      const Event<T> e = event<T>(c, i);
      delta[i] = e.delta;
      regime[i] = e.regime;
      at_delta[i] = e.at_delta;
      at_cell[i] = e.at_cell;
      at_mass[i] = e.at_mass;
    }
    for (int i = 0; i < n; i++) fill(out, at_delta[i], at_cell[i], at_mass[i], delta[i]);
    for (int r = 0; r < REGIMES; r++) {
      int32_t count = 0;
      T sum = 0, square = 0;
      for (int i = 0; i < n; i++) {
        const T d = regime[i] == r ? delta[i] : T(0);
        count += regime[i] == r;
        sum += d;
        square += d * d;
      }
      out.regime[r].n += count;
      out.regime[r].sum += sum;
      out.regime[r].square += square;
    }
  }
}
