#include "experiments/console/output_options.hpp"

#include <string>

#include "core/error.hpp"

namespace assay::console {
namespace {

void apply_style(const std::string& style, OutputOptions& options) {
  if (style == "auto") return;
  const bool known = style == "basic" || style == "full" || style == "nocolor" || style == "color" || style == "none";
  if (!known) throw Error(not_one_of(style, {"auto", "basic", "full", "nocolor", "color", "none"}));
  options.quiet = options.quiet || style == "none";
  options.colour = style == "full" || style == "color" ? When::always : When::never;
  if (style == "full") options.progress = When::always;
  if (style == "basic" || style == "color") options.progress = When::never;
}

}  // namespace

void add_output_options(CommandLine& line, OutputOptions& options) {
  line.begin_group("Output");
  line.option("json", {"", "print one JSON object instead of text"}, into(options.json));
  line.option("quiet,q", {"", "show no progress, and only the sentence of a result"}, into(options.quiet));
  line.option("color", {"WHEN", "colours: auto, always or never; auto honours NO_COLOR"}, into(options.colour));
}

void add_style_option(CommandLine& line, OutputOptions& options) {
  line.option("style",
              {"STYLE",
               "as hyperfine's: auto; basic (no colour, no progress), full (both), nocolor, color (no progress), "
               "none (as --quiet)"},
              offering({"auto", "basic", "full", "nocolor", "color", "none"},
                       {Arity::one, [&options](const std::string& text) { apply_style(text, options); }, "auto"}));
}

}  // namespace assay::console
