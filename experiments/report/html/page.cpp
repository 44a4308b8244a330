#include "experiments/report/html/page.hpp"

#include <fmt/format.h>

#include "core/version.hpp"
#include "experiments/report/html/html_text.hpp"

namespace assay::report {
namespace {

std::string policy(const PageAssets& assets) {
  const std::string script = assets.script_file.empty() ? fmt::format("'{}'", assets.script_hash) : "'self'";
  return fmt::format("default-src 'none'; script-src {}; style-src '{}'; base-uri 'none'; form-action 'none'", script,
                     assets.style_hash);
}

std::string script_element(const PageAssets& assets) {
  if (!assets.script_file.empty()) return fmt::format("<script src=\"{}\"></script>", html_text(assets.script_file));
  return fmt::format("<script>{}</script>", assets.script);
}

}  // namespace

std::string page_text(const HtmlPage& page, const PageAssets& assets) {
  const std::string title = html_text(page.title);
  return fmt::format(
      "<!doctype html>\n<html lang=\"en\">\n<head>\n<meta charset=\"utf-8\">\n"
      "<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n"
      "<meta http-equiv=\"Content-Security-Policy\" content=\"{}\">\n<title>{}</title>\n<style>{}</style>\n</head>\n"
      "<body>\n<header><h1>{}</h1></header>\n<main>\n{}</main>\n"
      "<footer>Written by assay {}. Pictures are drawn by Vega (BSD licence).</footer>\n"
      "<script type=\"application/json\" id=\"pictures\">{}</script>\n{}\n</body>\n</html>\n",
      policy(assets), title, assets.style, title, page.body, program_version(), page.pictures.script_text(),
      script_element(assets));
}

}  // namespace assay::report
