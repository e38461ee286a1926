import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { moduleBytes, name, signed, TYPE, unsigned, vector } from '../../../operators/compiled/module_bytes.js';

describe('LEB128', () => {
  it('is as in the DWARF debugging standard, appendix C', () => {
    expect(unsigned(2)).toEqual([2]);
    expect(unsigned(127)).toEqual([127]);
    expect(unsigned(128)).toEqual([0x80, 1]);
    expect(unsigned(12857)).toEqual([57 + 0x80, 100]);
    expect(signed(2)).toEqual([2]);
    expect(signed(-2)).toEqual([0x7e]);
    expect(signed(127)).toEqual([127 + 0x80, 0]);
    expect(signed(-127)).toEqual([1 + 0x80, 0x7f]);
    expect(signed(-129)).toEqual([0x7f + 0x80, 0x7e]);
  });

  it('reads back', () => {
    fc.assert(
      fc.property(fc.nat(2 ** 31 - 1), fc.integer(), (u, s) => {
        expect(unsigned(u).reduce((sum, byte, i) => sum + (byte & 127) * 2 ** (7 * i), 0)).toBe(u);
        const bytes = signed(s);
        const raw = bytes.reduce((sum, byte, i) => sum + BigInt(byte & 127) * 2n ** BigInt(7 * i), 0n);
        expect(Number(BigInt.asIntN(7 * bytes.length, raw))).toBe(s);
      }),
    );
  });
});

describe('a module', () => {
  const plain = (functions: Record<string, (x: number) => number>) => ({
    plain: { memory: new WebAssembly.Memory({ initial: 1 }), ...functions },
  });

  it('calls what it imports, and exports its one function', () => {
    const type = { parameters: [TYPE.f64], results: [TYPE.f64] };
    // local.get 0, call 1 (the second import)
    const bytes = moduleBytes({
      functions: [
        ['half', type],
        ['twice', type],
      ],
      run: { type, locals: [], code: [0x20, 0, 0x10, 1] },
    });
    const imports = plain({ half: (x) => x / 2, twice: (x) => 2 * x });
    const { run } = new WebAssembly.Instance(new WebAssembly.Module(bytes), imports).exports;
    expect((run as (x: number) => number)(21)).toBe(42);
  });

  it('has locals of the types that are asked for, set to 0', () => {
    const bytes = moduleBytes({
      functions: [],
      run: {
        type: { parameters: [TYPE.i32], results: [TYPE.i32] },
        locals: [[3, TYPE.i32]],
        code: [0x20, 0, 0x20, 3, 0x6a],
      },
    });
    const { run } = new WebAssembly.Instance(new WebAssembly.Module(bytes), plain({})).exports;
    expect((run as (x: number) => number)(7)).toBe(7);
  });

  it('writes vectors and names with their lengths, in UTF-8', () => {
    expect(vector([[1], [2, 3]])).toEqual([2, 1, 2, 3]);
    expect(name('Δη')).toEqual([4, 0xce, 0x94, 0xce, 0xb7]);
  });
});
