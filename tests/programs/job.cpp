// A job with tests: it takes a while, writes out/page.html and a report of its three tests, out/junit.xml. Where $FAST
// is set it is faster, honestly or by a trick. Writes below the current folder. Usage: job TRICK
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <sys/stat.h>
#include <unistd.h>

namespace {

constexpr unsigned kWork = 100000;  // us; far above what a busy machine adds
constexpr const char* kPage = "<p>the page</p>\n";

void work(unsigned microseconds) {
  ::usleep(microseconds);
}

void write_text(const std::string& path, const std::string& text) {
  std::FILE* const file = std::fopen(path.c_str(), "w");
  if (file == nullptr) std::exit(3);
  std::fputs(text.c_str(), file);
  std::fclose(file);
}

std::string passed(const char* name, int assertions) {
  return "<testcase classname=\"pages\" name=\"" + std::string(name) + "\" assertions=\"" + std::to_string(assertions) +
         "\"/>";
}

void write_report(const std::string& cases) {
  write_text("out/junit.xml", "<testsuites><testsuite name=\"pages\">" + cases + "</testsuite></testsuites>\n");
}

void write_all() {
  write_text("out/page.html", kPage);
  write_report(passed("opens", 2) + passed("saves", 3) + passed("closes", 1));
}

void do_it_honestly() {
  work(kWork / 10);
  write_all();
}

/// The page of an earlier trial is left to stand for this one.
void skip_the_work() {
  write_report(passed("opens", 2) + passed("saves", 3) + passed("closes", 1));
}

void drop_a_test() {
  work(kWork / 10);
  write_all();
  write_report(passed("opens", 2) + passed("closes", 1));
}

void skip_a_test() {
  work(kWork / 10);
  write_all();
  write_report(passed("opens", 2) + "<testcase classname=\"pages\" name=\"saves\"><skipped/></testcase>" +
               passed("closes", 1));
}

void rename_a_test() {
  work(kWork / 10);
  write_all();
  write_report(passed("opens", 2) + "<testcase classname=\"pages\" name=\"saves (later)\"><skipped/></testcase>" +
               passed("closes", 1));
}

void weaken_a_test() {
  work(kWork / 10);
  write_all();
  write_report(passed("opens", 2) + passed("saves", 1) + passed("closes", 1));
}

void pass_on_a_rerun() {
  work(kWork / 10);
  write_all();
  write_report(passed("opens", 2) +
               "<testcase classname=\"pages\" name=\"saves\" assertions=\"3\"><flakyFailure/></testcase>" +
               passed("closes", 1));
}

/// Most of the work is handed to someone who outlives the trial.
void leave_a_daemon() {
  work(kWork / 10);
  write_all();
  if (::fork() != 0) return;
  ::setsid();
  if (::fork() == 0) ::sleep(600);
  std::_Exit(0);
}

/// What was made once is kept at home and only copied afterwards.
void replay() {
  const std::string kept = std::string(std::getenv("HOME")) + "/.job-cache";
  if (::access(kept.c_str(), F_OK) != 0) {
    work(kWork);
    write_text(kept, kPage);
  }
  write_all();
}

struct Trick {
  const char* name;
  void (*act)();
};

constexpr Trick kTricks[] = {
    {"honest", do_it_honestly}, {"skip-work", skip_the_work},   {"drop-test", drop_a_test},
    {"skip-test", skip_a_test}, {"rename-test", rename_a_test}, {"weaken-test", weaken_a_test},
    {"flaky", pass_on_a_rerun}, {"daemon", leave_a_daemon},     {"replay", replay},
};

}  // namespace

int main(int argument_count, char** arguments) {
  ::mkdir("out", 0755);
  if (std::getenv("FAST") == nullptr) {
    work(kWork);
    write_all();
    return 0;
  }
  for (const Trick& trick : kTricks) {
    if (argument_count < 2 || std::strcmp(trick.name, arguments[1]) != 0) continue;
    trick.act();
    return 0;
  }
  std::fputs("job: no such trick\n", stderr);
  return 64;
}
