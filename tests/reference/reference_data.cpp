#include "tests/reference/reference_data.hpp"

#include <cmath>
#include <fstream>
#include <stdexcept>

namespace assay::test {
namespace {

nlohmann::json read(const std::string& file_name) {
  const std::string path = ASSAY_REFERENCE_FOLDER "/" + file_name;
  std::ifstream file(path);
  if (!file) throw std::runtime_error("cannot read " + path);
  return nlohmann::json::parse(file);
}

}  // namespace

const nlohmann::json& reference() {
  static const nlohmann::json document = read("stats_reference.json");
  return document;
}

nlohmann::json reference_entries(const std::string& file_name, const std::string& name) {
  const nlohmann::json document = read(file_name);
  nlohmann::json entries = document.at(name);
  for (nlohmann::json& entry : entries) {
    for (const char* kind : {"tol", "tol_rel"}) {
      const bool own = entry.contains("tol") || entry.contains("tol_rel");
      if (!own && document.at("meta").contains(kind)) entry[kind] = document.at("meta").at(kind);
    }
  }
  return entries;
}

ReferenceData reference_data(const std::string& name) {
  const nlohmann::json& data = reference().at("data").at(name);
  return {.control = data.at("control").get<std::vector<double>>(),
          .treatment = data.at("treatment").get<std::vector<double>>()};
}

std::vector<double> reference_log_ratios(const std::string& name) {
  const ReferenceData data = reference_data(name);
  std::vector<double> ratios;
  for (std::size_t pair = 0; pair < data.control.size(); ++pair) {
    ratios.push_back(std::log(data.treatment.at(pair)) - std::log(data.control[pair]));
  }
  return ratios;
}

double tolerance(const nlohmann::json& entry, double expected) {
  if (entry.contains("tol")) return entry.at("tol").get<double>();
  return entry.at("tol_rel").get<double>() * std::abs(expected);
}

}  // namespace assay::test
