// A workload that does as it is told, with files and the environment it was given.
// Usage: work VERB ARGUMENT...
#include <algorithm>
#include <cstdio>
#include <cstdlib>
#include <cstring>
#include <string>
#include <sys/stat.h>
#include <unistd.h>
#include <vector>

namespace {

using Arguments = std::vector<std::string>;

std::string environment(const std::string& name) {
  const char* const value = std::getenv(name.c_str());
  return value == nullptr ? "" : value;
}

void write_text(const std::string& path, const std::string& text, const char* mode) {
  std::FILE* const file = std::fopen(path.c_str(), mode);
  if (file == nullptr) std::exit(3);
  std::fputs(text.c_str(), file);
  std::fclose(file);
}

/// write FILE TEXT
int write(const Arguments& arguments) {
  write_text(arguments[0], arguments[1], "w");
  return 0;
}

/// append FILE TEXT: a line more.
int append(const Arguments& arguments) {
  write_text(arguments[0], arguments[1] + "\n", "a");
  return 0;
}

/// append-variable FILE NAME: a line with the variable's value.
int append_variable(const Arguments& arguments) {
  write_text(arguments[0], environment(arguments[1]) + "\n", "a");
  return 0;
}

/// append-environment FILE: a line with the number of variables and their bytes on the stack.
int append_environment(const Arguments& arguments) {
  std::size_t count = 0;
  std::size_t bytes = 0;
  for (char** variable = environ; *variable != nullptr; ++variable) {
    ++count;
    bytes += std::strlen(*variable) + 1;
  }
  write_text(arguments[0], std::to_string(count) + " " + std::to_string(bytes) + "\n", "a");
  return 0;
}

/// write-where FILE TEXT NAME: writes only where the variable is set.
int write_where(const Arguments& arguments) {
  return environment(arguments[2]).empty() ? 0 : write(arguments);
}

/// print-variable NAME
int print_variable(const Arguments& arguments) {
  std::puts(environment(arguments[0]).c_str());
  return 0;
}

/// doze FILE: adds a line to it and sleeps 20 to 24 ms, by the number of lines.
int doze(const Arguments& arguments) {
  append({arguments[0], "dozed"});
  struct stat file {};
  if (::stat(arguments[0].c_str(), &file) != 0) std::exit(3);
  constexpr auto kLine = static_cast<off_t>(sizeof("dozed"));
  ::usleep(static_cast<useconds_t>(20000 + file.st_size / kLine * 7 % 5 * 1000));
  return 0;
}

/// litter NAME: leaves a file in $TMPDIR.
int litter(const Arguments& arguments) {
  write_text(environment("TMPDIR") + "/" + arguments[0], "", "w");
  return 0;
}

/// exists FILE: 0 where it does.
int exists(const Arguments& arguments) {
  return ::access(arguments[0].c_str(), F_OK) == 0 ? 0 : 1;
}

/// fail CODE TEXT: says it on stderr.
int fail(const Arguments& arguments) {
  std::fprintf(stderr, "first line\n%s\n", arguments[1].c_str());
  return std::atoi(arguments[0].c_str());
}

/// fail-where NAME CODE: where the variable is set.
int fail_where(const Arguments& arguments) {
  return environment(arguments[0]).empty() ? 0 : std::atoi(arguments[1].c_str());
}

struct Verb {
  const char* name;
  std::size_t arguments;
  int (*act)(const Arguments& arguments);
};

constexpr Verb kVerbs[] = {
    {"write", 2, write},
    {"append", 2, append},
    {"append-variable", 2, append_variable},
    {"append-environment", 1, append_environment},
    {"write-where", 3, write_where},
    {"print-variable", 1, print_variable},
    {"doze", 1, doze},
    {"litter", 1, litter},
    {"exists", 1, exists},
    {"fail", 2, fail},
    {"fail-where", 2, fail_where},
};

}  // namespace

int main(int argument_count, char** words) {
  const std::string wanted = argument_count > 1 ? words[1] : "";
  const Arguments arguments(words + std::min(argument_count, 2), words + argument_count);
  for (const Verb& verb : kVerbs) {
    if (wanted == verb.name && arguments.size() >= verb.arguments) return verb.act(arguments);
  }
  std::fprintf(stderr, "work: no such verb with %zu arguments: \"%s\"\n", arguments.size(), wanted.c_str());
  return 64;
}
