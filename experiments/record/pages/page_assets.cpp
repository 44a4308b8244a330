#include "experiments/record/pages/page_assets.hpp"

#include "core/host/files/embedded_file.hpp"
#include "core/host/files/integrity_hash.hpp"

ASSAY_EMBED_FILE(assay_page_script, ASSAY_PAGE_SCRIPT)
ASSAY_EMBED_FILE(assay_page_style, ASSAY_PAGE_STYLE)

namespace assay::record {

std::string_view page_script() {
  return {assay_page_script_begin, assay_page_script_end};
}

const report::PageAssets& inline_assets() {
  static const report::PageAssets assets = [] {
    const std::string_view style(assay_page_style_begin, assay_page_style_end);
    return report::PageAssets{.style = style,
                              .style_hash = host::integrity_hash(style),
                              .script = page_script(),
                              .script_hash = host::integrity_hash(page_script()),
                              .script_file = ""};
  }();
  return assets;
}

}  // namespace assay::record
