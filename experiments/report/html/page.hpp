#pragma once

#include <string>
#include <string_view>

#include "experiments/report/html/picture.hpp"

namespace assay::report {

/// Style and script of a page, with the hashes by which its policy names them: "sha256-...".
struct PageAssets {
  std::string_view style;
  std::string style_hash;
  std::string_view script;
  std::string script_hash;
  std::string script_file;  ///< where the script stands beside the page; empty: in the page itself
};

/// What a page shows. `body` is HTML already; `title` is plain text.
struct HtmlPage {
  std::string title;
  std::string body;
  const PictureData& pictures;
};

/// The whole page. It loads nothing from anywhere, except a script of its own folder if the assets say so, and its
/// policy forbids that and every script or style that is not its own.
[[nodiscard]] std::string page_text(const HtmlPage& page, const PageAssets& assets);

}  // namespace assay::report
