#include "experiments/trial/sources/link_order.hpp"

#include <algorithm>
#include <filesystem>
#include <regex>

#include <fmt/format.h>

#include "core/error.hpp"
#include "core/host/files/files.hpp"

namespace assay::trial {
namespace {

namespace fs = std::filesystem;

/// The hash is a polynomial of the file's name at the number, modulo 2^31 - 1, then mixed, since names that differ in
/// one letter would come in a row: exact in the doubles of awk while the number stays below 2^22.
constexpr std::uint64_t kNumbers = (1U << 22U) - (1U << 16U);
constexpr std::uint64_t kSmallest = 1U << 16U;

/// Names after -o are outputs; crt*.o must stay where the linker wants them.
constexpr const char* kScript = R"script(#!/bin/sh
# Written by assay: runs {real} with its object files in an order drawn from ASSAY_LINK_SEED.
newline='
'
is_object() {{
  case $2 in -o) return 1 ;; esac
  case $1 in -* | *crt[1in].o | *crtbegin*.o | *crtend*.o) return 1 ;; *.o) return 0 ;; esac
  return 1
}}
before=
position=0
objects=0
list=
for word in "$@"; do
  position=$((position + 1))
  case $word in -c | -S | -E) exec {real} "$@" ;; esac
  if is_object "$word" "$before"; then
    objects=$((objects + 1))
    list="$list$position ${{word##*/}}$newline"
  fi
  before=$word
done
[ "$objects" -gt 1 ] || exec {real} "$@"
order=$(printf %s "$list" | LC_ALL=C awk -v seed="$ASSAY_LINK_SEED" '
  BEGIN {{ for (code = 1; code < 256; code++) value[sprintf("%c", code)] = code }}
  {{
    name = substr($0, index($0, " ") + 1)
    hash = 1
    for (at = 1; at <= length(name); at++) hash = (hash * seed + value[substr(name, at, 1)]) % 2147483647
    for (round = 0; round < 2; round++) hash = (hash * (hash % 65536) + seed) % 2147483647
    print hash, $1
  }}' | LC_ALL=C sort -n -k1,1 -k2,2 | cut -d" " -f2)
order=$order$newline
count=$#
before=
for word in "$@"; do
  this=$word
  if is_object "$word" "$before"; then
    eval "word=\${{${{order%%"$newline"*}}}}"
    order=${{order#*"$newline"}}
  fi
  before=$this
  set -- "$@" "$word"
done
shift "$count"
echo {name} >>"$ASSAY_LINK_LOG"
exec {real} "$@"
)script";

std::string in_single_quotes(const std::string& text) {
  std::string quoted = "'";
  for (const char letter : text) quoted += letter == '\'' ? std::string("'\\''") : std::string(1, letter);
  return quoted + "'";
}

bool is_linking_tool(const std::string& name) {
  static const std::regex kTool(R"(([a-z0-9_]+-)*(cc|c\+\+|gcc|g\+\+|clang|clang\+\+|ar|gcc-ar|llvm-ar)(-[0-9.]+)?)");
  return std::regex_match(name, kTool);
}

void write_script(const std::string& path, const std::string& real) {
  host::write_file_atomically(path, fmt::format(fmt::runtime(kScript), fmt::arg("real", in_single_quotes(real)),
                                                fmt::arg("name", in_single_quotes(fs::path(real).filename()))));
  fs::permissions(path, fs::perms::owner_all);
}

/// The first tool of each name that PATH leads to.
void write_scripts(const std::string& folder, const std::string& path) {
  for (std::size_t begin = 0; begin <= path.size();) {
    const std::size_t end = std::min(path.find(':', begin), path.size());
    std::error_code unreadable;
    for (const fs::directory_entry& entry : fs::directory_iterator(path.substr(begin, end - begin), unreadable)) {
      const std::string name = entry.path().filename().string();
      const std::string script = fmt::format("{}/{}", folder, name);
      if (is_linking_tool(name) && !fs::exists(script)) write_script(script, entry.path());
    }
    begin = end + 1;
  }
}

}  // namespace

LinkOrder::LinkOrder(std::string folder, std::uint64_t number, std::map<std::string, std::string>& environment)
    : folder_(std::move(folder)) {
  const std::string tools = folder_ + "/bin";
  fs::create_directories(tools);
  std::string& path = environment["PATH"];
  write_scripts(tools, path);
  path = path.empty() ? tools : tools + ":" + path;
  environment["ASSAY_LINK_SEED"] = std::to_string(kSmallest + number % kNumbers);
  environment["ASSAY_LINK_LOG"] = folder_ + "/log";
}

int LinkOrder::links() const {
  const std::string log = folder_ + "/log";
  if (!fs::exists(log)) return 0;
  const std::string text = host::read_file(log);
  return static_cast<int>(std::count(text.begin(), text.end(), '\n'));
}

}  // namespace assay::trial
