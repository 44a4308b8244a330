#pragma once

#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "experiments/adversary/reports/reading/passages.hpp"
#include "experiments/adversary/reports/reading/sides.hpp"
#include "experiments/adversary/reports/reading/statement.hpp"

namespace assay::adversary {

/// Figures below a line "Before:" and those of the same names below the next such line: "After:", or any other label.
class LabelBlocks {
 public:
  [[nodiscard]] std::vector<Statement> take(const Passage& passage);

 private:
  struct Figure {
    Quantity value;
    int line = 1;
    std::string quote = {};  ///< the sentence that it stands in
  };
  struct Block {
    std::optional<Side> side;                    ///< std::nullopt: no label stands above it
    bool is_section = false;                     ///< a heading stands above it, and labels below that name its parts
    std::string part = {};                       ///< the last label within a section
    std::map<std::string, Figure> figures = {};  ///< by part and name
  };

  void begin_block(Side side, std::string_view label);
  void begin_section(Side side);
  [[nodiscard]] std::optional<Statement> take_figure(const Passage& passage, std::size_t offset, std::string_view line);
  [[nodiscard]] std::optional<Statement> pair(const std::string& name, const Figure& figure) const;

  Block earlier_;
  Block current_;
};

}  // namespace assay::adversary
