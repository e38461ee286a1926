// A peer in C++: reads the columns, runs the chain, prints the line.
// Usage: chain loop_f32|loop_f64|blocks_f32|blocks_f64 FOLDER EVENTS REPETITIONS
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <string>
#include <vector>
#include "chain.h"

static std::vector<float> read(const std::string &path, size_t events) {
  std::vector<float> column(events);
  FILE *file = std::fopen(path.c_str(), "rb");
  if (!file || std::fread(column.data(), sizeof(float), events, file) != events) {
    std::fprintf(stderr, "%s: fewer than %zu events can be read\n", path.c_str(), events);
    std::exit(3);
  }
  std::fclose(file);
  return column;
}

static double now() {
  return std::chrono::duration<double>(std::chrono::steady_clock::now().time_since_epoch()).count();
}

// What the memory gives: all columns are read and summed, as in the reading part of STREAM (J. McCalpin, 1995).
static double bandwidth(const std::vector<std::vector<float>> &columns, size_t events) {
  double best = 0;
  volatile float sink = 0;
  for (int r = 0; r < 3; r++) {
    const double start = now();
    for (const auto &column : columns) {
      float sum = 0;
      for (size_t i = 0; i < events; i++) sum += column[i];
      sink = sink + sum;
    }
    best = std::max(best, double(events) * 12 * sizeof(float) / (now() - start) / 1e9);
  }
  return best;
}

static double peak_megabytes() {
  FILE *file = std::fopen("/proc/self/status", "r");
  double kilobytes = 0;
  for (char line[256]; file && std::fgets(line, sizeof line, file);) std::sscanf(line, "VmHWM: %lf", &kilobytes);
  if (file) std::fclose(file);
  return kilobytes / 1024;
}

template <typename F> void list(const char *name, int n, F at, const char *end = ", ") {
  std::printf("\"%s\": [", name);
  for (int i = 0; i < n; i++) std::printf("%s%.17g", i ? ", " : "", double(at(i)));
  std::printf("]%s", end);
}

int main(int argc, char **argv) {
  if (argc != 5) return 2;
  const std::string kind = argv[1];
  const auto chain = kind == "loop_f32" ? loop<float> : kind == "loop_f64" ? loop<double>
                   : kind == "blocks_f32" ? blocks<float> : blocks<double>;
  const size_t events = std::strtoull(argv[3], nullptr, 10);
  std::vector<std::vector<float>> columns;
  for (const char *name : COLUMNS) columns.push_back(read(std::string(argv[2]) + "/" + name + ".f32", events));
  const float *starts[12];
  for (int k = 0; k < 12; k++) starts[k] = columns[k].data();
  static Tables t;
  std::vector<double> seconds, processor;
  for (int r = -1; r < std::atoi(argv[4]); r++) {
    t = Tables();
    const double start = now();
    const std::clock_t ticks = std::clock();
    chain(starts, events, t);
    if (r < 0) continue;
    seconds.push_back(now() - start);
    processor.push_back(double(std::clock() - ticks) / CLOCKS_PER_SEC);
  }
  std::printf("{\"events\": %zu, ", events);
  list("seconds", int(seconds.size()), [&](int i) { return seconds[i]; });
  list("processorSeconds", int(processor.size()), [&](int i) { return processor[i]; });
  std::printf("\"gigabytesPerSecond\": %.4g, \"megabytes\": %.1f, \"counts\": {", bandwidth(columns, events),
              peak_megabytes());
  list("delta", REGIMES * DELTAS, [&](int i) { return t.delta[i]; });
  list("grid", CELLS, [&](int i) { return t.grid[i].n; });
  list("mass", MASSES, [&](int i) { return t.mass[i]; });
  list("regime", REGIMES, [&](int i) { return t.regime[i].n; }, "}, \"sums\": {");
  list("gridDelta", CELLS, [&](int i) { return t.grid[i].sum; });
  list("gridAbsolute", CELLS, [&](int i) { return t.grid[i].absolute; });
  list("regimeDelta", REGIMES, [&](int i) { return t.regime[i].sum; });
  list("regimeSquare", REGIMES, [&](int i) { return t.regime[i].square; }, "}}\n");
}
