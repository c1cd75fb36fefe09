// The twin of the fifo sweep over an account ledger in plain C++, one thread: the yardstick of account-fifo.vs-cpp.
// Same columns, same meaning: a holding's units form a queue, what it pays leaves from the front and joins the
// receiver's queue at the back; a holding has a queue only while something traced is in it.
// Build: g++ -O3 -march=native account-fifo.cpp -o account-fifo     Run: ./account-fifo DIR [runs=3]
// Seeds the whole of the transfers in seeds.u32 (rising). Openings that are not known (-1) are the least that keep the
// balance from 0 on. Prints one JSON line: transfers that moved something traced, what is still held, what went to
// fees, and the median milliseconds of openings and sweep together; reading the files is outside the clock.
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

struct Lot { double length; uint32_t next; bool traced; };
struct Holding { double balance, traced; uint32_t first, last; };
struct Move { uint32_t transfer; double amount; };

struct Ledger {
  std::vector<uint32_t> from, to, seeds;
  std::vector<double> amount, opening;
  std::vector<uint8_t> fee;
};

struct Sweep {
  const Ledger& l;
  std::vector<Holding> holdings;
  std::vector<Lot> lots;
  std::vector<Move> moves;
  uint32_t free = 0;
  double fees = 0;

  explicit Sweep(const Ledger& ledger) : l(ledger), holdings(ledger.opening.size()), lots(1) {
    std::vector<double> sum(holdings.size()), lowest(holdings.size());
    for (size_t x = 0; x < l.from.size(); x++) {
      double rest = sum[l.from[x]] -= l.amount[x];
      if (rest < lowest[l.from[x]]) lowest[l.from[x]] = rest;
      sum[l.to[x]] += l.amount[x];
    }
    for (size_t h = 0; h < holdings.size(); h++) holdings[h].balance = l.opening[h] < 0 ? -lowest[h] : l.opening[h];
  }

  uint32_t make(double length, bool traced) {
    uint32_t lot = free;
    if (lot) free = lots[lot].next;
    else { lot = lots.size(); lots.emplace_back(); }
    lots[lot] = {length, 0, traced};
    return lot;
  }

  void drop(uint32_t first, uint32_t last) {
    if (first) { lots[last].next = free; free = first; }
  }

  void append(Holding& h, uint32_t first, uint32_t last) {
    if (!h.first) { h.first = first; h.last = last; return; }
    if (lots[h.last].traced != lots[first].traced) { lots[h.last].next = first; h.last = last; return; }
    lots[h.last].length += lots[first].length;
    lots[h.last].next = lots[first].next;
    if (first != last) h.last = last;
    drop(first, first);
  }

  void hang(Holding& h, uint32_t first, uint32_t last, double traced, double before) {
    if (h.traced == 0) {
      h.first = 0;
      if (before > 0) h.first = h.last = make(before, false);
    }
    append(h, first, last);
    h.traced += traced;
  }

  void transfer(uint32_t x, bool seed) {
    double v = l.amount[x], traced = 0;
    Holding& f = holdings[l.from[x]];
    Holding& t = holdings[l.to[x]];
    uint32_t first = 0, last = 0;
    f.balance -= v;
    if (f.traced != 0 && v > 0) {
      double left = v;
      while (left > 0) {
        uint32_t lot = f.first;
        if (lots[lot].length > left) {
          lots[lot].length -= left;
          bool is = lots[lot].traced;
          lot = make(left, is);
        } else f.first = lots[lot].next;
        left -= lots[lot].length;
        if (lots[lot].traced) traced += lots[lot].length;
        if (first) lots[last].next = lot; else first = lot;
        last = lot;
        lots[lot].next = 0;
      }
      f.traced -= traced;
      if (f.traced == 0) { drop(f.first, f.first); f.first = 0; }
      if (traced > 0) moves.push_back({x, traced});
      if (traced == 0 || l.fee[x]) {
        if (traced > 0) fees += traced;
        drop(first, last);
        first = 0;
        traced = 0;
      }
    }
    if (seed) {
      drop(first, last);
      first = last = make(v, true);
      traced = v;
    }
    double before = t.balance;
    t.balance += v;
    if (first) hang(t, first, last, traced, before);
    else if (t.traced != 0 && v > 0) { uint32_t lot = make(v, false); append(t, lot, lot); }
  }

  void run() {
    size_t next = 0;
    for (uint32_t x = 0; x < l.from.size(); x++) {
      bool seed = next < l.seeds.size() && l.seeds[next] == x;
      if (seed) next++;
      transfer(x, seed);
    }
  }
};

int main(int argc, char** argv) {
  if (argc < 2) { fprintf(stderr, "usage: account-fifo DIR [runs]\n"); return 2; }
  std::string d = argv[1];
  int runs = argc > 2 ? atoi(argv[2]) : 3;
  Ledger l{column<uint32_t>(d + "/from.u32"),   column<uint32_t>(d + "/to.u32"),     column<uint32_t>(d + "/seeds.u32"),
           column<double>(d + "/amount.f64"),   column<double>(d + "/opening.f64"), column<uint8_t>(d + "/fee.u8")};
  std::vector<double> ms;
  size_t moves = 0;
  double held = 0, fees = 0;
  for (int r = 0; r < runs; r++) {
    auto t0 = std::chrono::steady_clock::now();
    Sweep s(l);
    s.run();
    ms.push_back(std::chrono::duration<double, std::milli>(std::chrono::steady_clock::now() - t0).count());
    moves = s.moves.size();
    fees = s.fees;
    held = 0;
    for (const Holding& h : s.holdings) held += h.traced;
  }
  std::sort(ms.begin(), ms.end());
  printf("{\"moves\":%zu,\"held\":%.0f,\"fees\":%.0f,\"ms\":%.2f}\n", moves, held, fees, ms[ms.size() / 2]);
}
