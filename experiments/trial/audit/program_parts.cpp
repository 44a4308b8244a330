#include "experiments/trial/audit/program_parts.hpp"

#include <filesystem>

#include "core/error.hpp"
#include "core/host/files/files.hpp"
#include "core/host/process/program_lookup.hpp"
#include "core/text/wrappers.hpp"

namespace assay::trial {
namespace {

/// The path at which the launcher will find the program.
std::string program_of(const ArmSetup& setup, const std::string& name) {
  host::ProcessRequest request;
  request.argv = {name};
  request.environment = setup.environment;
  request.working_directory = setup.working_directory;
  return path_in(setup.working_directory, host::find_program(request));
}

/// The interpreter that the first line of a script names ("#!/usr/bin/env python3", "#!/bin/sh -e"); empty for any
/// other file.
std::string interpreter_of(const std::string& program, const ArmSetup& setup) {
  constexpr std::size_t kLongestLine = 255;  // the kernel reads no more
  const std::string text = host::read_file_start(program, kLongestLine);
  if (!text.starts_with("#!")) return "";
  constexpr const char* kBlanks = " \t";
  const std::string line = text.substr(2, text.find('\n') - 2);
  const auto word_from = [&line](std::size_t at) {
    const std::size_t begin = std::min(line.find_first_not_of(kBlanks, at), line.size());
    return line.substr(begin, std::min(line.find_first_of(kBlanks, begin), line.size()) - begin);
  };
  std::string first = word_from(0);
  if (std::filesystem::path(first).filename() != "env") return first;
  const std::string second = word_from(line.find(first) + first.size());
  return second.empty() || second.front() == '-' ? first : program_of(setup, second);
}

}  // namespace

Parts program_parts(const ArmSetup& setup, host::LibrarySearch& libraries, const FileDescription& files) {
  Parts parts;
  const auto add = [&](const Part& part, const std::string& path) {
    parts[part] = files.shown(path);
    parts[{part.kind, part.name, PartFacet::content}] = files.digest(path);
  };
  const std::string program = program_of(setup, setup.argv.empty() ? "" : setup.argv.front());
  add({PartKind::executable}, program);
  const std::string interpreter = interpreter_of(program, setup);
  if (!interpreter.empty()) add({PartKind::interpreter}, interpreter);
  const std::string& loaded = interpreter.empty() ? program : interpreter;
  for (const host::SharedLibrary& library : libraries.of(loaded, setup.environment, setup.working_directory)) {
    if (library.path.empty()) {
      parts[{PartKind::library, library.name}] = "not found";
    } else {
      add({PartKind::library, library.name}, library.path);
    }
  }
  return parts;
}

std::string wrapped_program(const ArmSetup& setup) {
  const Argv argv = unwrapped(setup.argv).argv;
  if (argv.empty() || argv.size() == setup.argv.size()) return "";
  std::error_code ignored;
  const std::string script = path_in(setup.working_directory, argv.front());
  if (std::filesystem::is_regular_file(script, ignored)) return script;
  try {
    const std::string program = program_of(setup, argv.front());
    return std::filesystem::is_regular_file(program, ignored) ? program : "";
  } catch (const Error&) {
    return "";  // a word of a shell script, or a program that is built later
  }
}

}  // namespace assay::trial
