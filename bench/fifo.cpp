// The twin of the fifo kernel in plain C++, one thread: the yardstick of trace.fifo.vs-cpp. Same columns, same
// meaning: stolen units keep their order inside coins, inputs form a queue in index order, outputs are filled in
// index order.
// Build: g++ -O3 -march=native fifo.cpp -o fifo     Run: ./fifo DIR SEEDS [runs=5]
// Seeds SEEDS whole coins, evenly spread over the outputs; a coin that stolen value reaches gets only the difference.
// Prints one JSON line: transactions touched, unspent stolen satoshi, median milliseconds. Scratch is made and cleared
// outside the clock.
#include <algorithm>
#include <chrono>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string>
#include <vector>

template <class T> std::vector<T> column(const std::string& path) {
  FILE* f = fopen(path.c_str(), "rb");
  if (!f) { fprintf(stderr, "cannot open %s\n", path.c_str()); exit(2); }
  fseek(f, 0, SEEK_END);
  long bytes = ftell(f);
  rewind(f);
  std::vector<T> v(bytes / sizeof(T));
  if (fread(v.data(), 1, bytes, f) != (size_t)bytes) exit(2);
  fclose(f);
  return v;
}

struct Run { double at, length; };

struct Ledger {
  std::vector<uint32_t> firstOut, firstIn, prev, outTx, spender;
  std::vector<double> value;
};

struct Sweep {
  const Ledger& l;
  std::vector<uint32_t> start, count, pending;  // by coin: its runs in the arena; by transaction: a bit
  std::vector<Run> arena, queue;
  uint64_t touched = 0;

  explicit Sweep(const Ledger& ledger)
      : l(ledger), start(ledger.value.size()), count(ledger.value.size()), pending(ledger.firstOut.size() / 32 + 1) {
    arena.reserve(1 << 20);
  }

  void clear() {
    std::fill(count.begin(), count.end(), 0);
    std::fill(pending.begin(), pending.end(), 0);
    arena.clear();
    touched = 0;
  }

  void follow(uint32_t coin) {
    uint32_t s = l.spender[coin];
    if (s < 0xfffffffdu) pending[s >> 5] |= 1u << (s & 31);
  }

  void push(double at, double length) {
    if (!queue.empty() && queue.back().at + queue.back().length == at) queue.back().length += length;
    else queue.push_back({at, length});
  }

  void process(uint32_t t) {
    touched++;
    queue.clear();
    double base = 0;
    for (uint32_t i = l.firstIn[t]; i < l.firstIn[t + 1]; i++) {
      uint32_t coin = l.prev[i];
      for (uint32_t r = 0; r < count[coin]; r++) push(base + arena[start[coin] + r].at, arena[start[coin] + r].length);
      base += l.value[coin];
    }
    size_t run = 0;
    double begin = 0;
    for (uint32_t o = l.firstOut[t]; o < l.firstOut[t + 1] && run < queue.size(); o++) {
      double end = begin + l.value[o];
      if (end > begin && queue[run].at < end) {
        start[o] = arena.size();
        while (run < queue.size() && queue[run].at < end) {
          double from = std::max(queue[run].at, begin), to = std::min(queue[run].at + queue[run].length, end);
          arena.push_back({from - begin, to - from});
          if (queue[run].at + queue[run].length > end) break;
          run++;
        }
        count[o] = arena.size() - start[o];
        follow(o);
      }
      begin = end;
    }
  }

  void sweep(uint32_t from, uint32_t to) {
    if (from >= to) return;
    uint32_t word = from >> 5;
    uint32_t bits = pending[word] & (~0u << (from & 31));
    for (;;) {
      while (bits == 0) {
        if (++word << 5 >= to) return;
        bits = pending[word];
      }
      uint32_t t = (word << 5) + __builtin_ctz(bits);
      if (t >= to) return;
      process(t);
      uint32_t bit = t & 31;
      bits = bit == 31 ? 0 : pending[word] & (~0u << (bit + 1));
    }
  }

  // A whole coin: what gaps there are between its runs are filled.
  void seed(uint32_t coin) {
    if (l.value[coin] == 0) return;
    start[coin] = arena.size();
    count[coin] = 1;
    arena.push_back({0, l.value[coin]});
    follow(coin);
  }
};

int main(int argc, char** argv) {
  if (argc < 3) { fprintf(stderr, "usage: fifo DIR SEEDS [runs]\n"); return 2; }
  std::string d = argv[1];
  uint32_t seeds = strtoul(argv[2], 0, 10);
  int runs = argc > 3 ? atoi(argv[3]) : 5;
  Ledger l{column<uint32_t>(d + "/tx_first_output.u32"), column<uint32_t>(d + "/tx_first_input.u32"),
           column<uint32_t>(d + "/input_output.u32"),    column<uint32_t>(d + "/output_tx.u32"),
           column<uint32_t>(d + "/output_spender.u32"),  column<double>(d + "/output_value.f64")};
  uint32_t n = l.firstOut.size() - 1;
  uint64_t outputs = l.value.size();
  Sweep s(l);
  std::vector<double> ms;
  for (int r = 0; r < runs; r++) {
    s.clear();
    auto t0 = std::chrono::steady_clock::now();
    uint32_t position = 0;
    for (uint64_t k = 0; k < seeds; k++) {
      uint32_t coin = k * outputs / seeds, maker = l.outTx[coin];
      s.sweep(position, maker + 1);
      position = std::max(position, maker + 1);
      s.seed(coin);
    }
    s.sweep(position, n);
    ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - t0).count());
  }
  double unspent = 0;
  for (uint64_t o = 0; o < outputs; o++)
    if (l.spender[o] >= 0xfffffffdu)
      for (uint32_t r = 0; r < s.count[o]; r++) unspent += s.arena[s.start[o] + r].length;
  std::sort(ms.begin(), ms.end());
  printf("{\"touched\":%lu,\"unspent\":%.0f,\"ms\":%.2f}\n", s.touched, unspent, ms[ms.size() / 2]);
}
