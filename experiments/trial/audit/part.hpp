#pragma once

#include <compare>
#include <map>
#include <string>
#include <vector>

namespace assay::trial {

/// The kinds of things that an arm is made of.
enum class PartKind {
  argument,     ///< named by its index: "argv[0]"
  environment,  ///< an environment variable
  state,        ///< the state that trials start in
  working_directory,
  standard_input,  ///< named by its path, like all files below
  executable,      ///< the program that is run
  interpreter,     ///< what runs that program if it is a script
  library,         ///< a shared library that the program loads, named as the program asks for it
  named_file,      ///< a file of the arm's clone that the command names
  input,           ///< a file that the workload declares
  harness,         ///< a file of the arm's clone that measures rather than is measured
  swapped_file,    ///< the file whose content is the variable
  changed_file,    ///< a file of the arm's clone that changed after the clone was built
  host,
  boot,
  kernel,
  governor,
  limit,    ///< a limit of the process
  cgroup,   ///< a limit of the control group
  setting,  ///< what linker, C library or kernel read, named by its path
};

/// What of a part a fingerprint holds.
enum class PartFacet {
  itself,   ///< its value, path or digest
  content,  ///< the digest of the file that a program part has as its path
};

/// One thing that an arm is made of.
struct Part {
  PartKind kind = PartKind::argument;
  std::string name = {};  ///< empty if there is only one of this kind
  PartFacet facet = PartFacet::itself;
  int build = 1;  ///< which of the arm's builds; only contents differ between them
  friend auto operator<=>(const Part&, const Part&) = default;
};

/// The parts with their values.
using Parts = std::map<Part, std::string>;

/// The part as people and the journal read it: "env HOME", "library libc.so.6 content", "executable content (build 2)".
[[nodiscard]] std::string to_string(const Part& part);

/// Reads what `to_string` wrote. Only the content of a library needs the other parts to be recognised: "library x
/// content" is the content of library x if `all` has the path of x, and else a library of that whole name.
/// \throws Error for text that names no part.
[[nodiscard]] Part parse_part(const std::string& text, const std::map<std::string, std::string>& all);

/// True for the program that runs, its interpreter and the libraries that it loads.
[[nodiscard]] bool is_of_program(const Part& part);

/// True for what trials notice of the machine. It is the same for all arms, and must stay the same.
[[nodiscard]] bool is_of_machine(const Part& part);

/// The part that holds the path of what this part is the content of; for other parts, the part itself.
[[nodiscard]] Part path_part(const Part& part);

/// The parts that are missing in one of them or have different values, in the byte order of their texts.
[[nodiscard]] std::vector<Part> differing_parts(const Parts& one, const Parts& other);

/// The value of a part; nullptr if it is not there.
[[nodiscard]] const std::string* find_part(const Parts& parts, const Part& part);

}  // namespace assay::trial
