#include "core/host/binary/elf.hpp"

#include <bit>
#include <cstring>
#include <elf.h>
#include <string_view>

#include <fmt/format.h>

#include "core/host/files/digest.hpp"
#include "core/host/files/files.hpp"

namespace assay::host {
namespace {

/// Programs with debug symbols grow large.
constexpr std::size_t kLargestProgram = std::size_t{1} << 34;

struct Elf32 {
  using Header = Elf32_Ehdr;
  using Segment = Elf32_Phdr;
  using Section = Elf32_Shdr;
  using Dynamic = Elf32_Dyn;
  static constexpr int kBits = 32;
};
struct Elf64 {
  using Header = Elf64_Ehdr;
  using Segment = Elf64_Phdr;
  using Section = Elf64_Shdr;
  using Dynamic = Elf64_Dyn;
  static constexpr int kBits = 64;
};

/// Anything outside the text means that the file is damaged.
struct Damaged {};

std::string_view piece(std::string_view text, std::uint64_t offset, std::uint64_t size) {
  if (offset > text.size() || size > text.size() - offset) throw Damaged{};
  return text.substr(offset, size);
}

/// A structure of the file, which may be at an unaligned address.
template <class Structure>
Structure at(std::string_view text, std::uint64_t offset) {
  Structure structure;
  std::memcpy(&structure, piece(text, offset, sizeof structure).data(), sizeof structure);
  return structure;
}

template <class Structure>
std::vector<Structure> table(std::string_view text, std::uint64_t offset, std::size_t count) {
  std::vector<Structure> entries;
  for (std::size_t index = 0; index < count; ++index) {
    entries.push_back(at<Structure>(text, offset + index * sizeof(Structure)));
  }
  return entries;
}

std::string text_at(std::string_view text, std::uint64_t offset) {
  const std::string_view rest = piece(text, offset, text.size() - std::min<std::uint64_t>(offset, text.size()));
  const std::size_t end = rest.find('\0');
  if (end == std::string_view::npos) throw Damaged{};
  return std::string(rest.substr(0, end));
}

/// True for an ELF file in this machine's byte order. The caller checks its class.
bool is_readable_elf(std::string_view text) {
  constexpr unsigned char kOrder = std::endian::native == std::endian::little ? ELFDATA2LSB : ELFDATA2MSB;
  return text.size() > EI_NIDENT && text.starts_with(ELFMAG) && static_cast<unsigned char>(text[EI_DATA]) == kOrder;
}

template <class Elf>
std::vector<typename Elf::Section> sections_of(std::string_view text) {
  const auto header = at<typename Elf::Header>(text, 0);
  if (header.e_shoff == 0 || header.e_shentsize != sizeof(typename Elf::Section)) return {};
  return table<typename Elf::Section>(text, header.e_shoff, header.e_shnum);
}

template <class Elf>
ElfFile parse(std::string_view text) {
  const auto header = at<typename Elf::Header>(text, 0);
  ElfFile file;
  file.bits = Elf::kBits;
  file.machine = header.e_machine;
  const auto segments = table<typename Elf::Segment>(text, header.e_phoff, header.e_phnum);
  const auto offset_of = [&segments](std::uint64_t address) -> std::uint64_t {
    for (const auto& segment : segments) {
      const bool holds =
          segment.p_type == PT_LOAD && address >= segment.p_vaddr && address - segment.p_vaddr < segment.p_filesz;
      if (holds) return address - segment.p_vaddr + segment.p_offset;
    }
    throw Damaged{};
  };
  std::vector<typename Elf::Dynamic> entries;
  for (const auto& segment : segments) {
    if (segment.p_type == PT_INTERP) file.interpreter = text_at(text, segment.p_offset);
    if (segment.p_type != PT_DYNAMIC) continue;
    entries = table<typename Elf::Dynamic>(text, segment.p_offset, segment.p_filesz / sizeof(typename Elf::Dynamic));
  }
  std::uint64_t names = 0;
  for (const auto& entry : entries) {
    if (entry.d_tag == DT_NULL) break;
    if (entry.d_tag == DT_STRTAB) names = offset_of(entry.d_un.d_ptr);
  }
  for (const auto& entry : entries) {
    if (entry.d_tag == DT_NULL) break;
    if (entry.d_tag == DT_NEEDED) file.needed.push_back(text_at(text, names + entry.d_un.d_val));
    if (entry.d_tag == DT_RPATH) file.rpath = text_at(text, names + entry.d_un.d_val);
    if (entry.d_tag == DT_RUNPATH) file.runpath = text_at(text, names + entry.d_un.d_val);
  }
  return file;
}

template <class Elf>
std::string loaded_parts(std::string_view text) {
  const auto header = at<typename Elf::Header>(text, 0);
  const auto sections = sections_of<Elf>(text);
  if (header.e_shstrndx >= sections.size()) return std::string(text);  // stripped of them: all of it counts
  const std::uint64_t names = sections[header.e_shstrndx].sh_offset;
  std::string parts;
  for (const auto& section : sections) {
    const std::string name = text_at(text, names + section.sh_name);
    if ((section.sh_flags & SHF_ALLOC) == 0 || name == ".note.gnu.build-id") continue;
    parts += fmt::format("{} {} {}\n", name, section.sh_addr, section.sh_size);
    if (section.sh_type != SHT_NOBITS) parts += piece(text, section.sh_offset, section.sh_size);
  }
  return parts;
}

/// Calls the function for the class of this file. std::nullopt if the file is not an ELF file or is damaged.
template <class Result, class For32, class For64>
std::optional<Result> by_class(std::string_view text, For32 for_32, For64 for_64) {
  if (!is_readable_elf(text)) return std::nullopt;
  try {
    return static_cast<unsigned char>(text[EI_CLASS]) == ELFCLASS64 ? for_64(text) : for_32(text);
  } catch (const Damaged&) {
    return std::nullopt;
  }
}

void leave_out(std::string& text, const std::string& folder) {
  if (folder.empty()) return;
  for (std::size_t found = text.find(folder); found != std::string::npos; found = text.find(folder, found)) {
    text.replace(found, folder.size(), folder.size(), '\0');
  }
}

}  // namespace

std::optional<ElfFile> read_elf(const std::string& path) {
  return by_class<ElfFile>(read_file(path, kLargestProgram), parse<Elf32>, parse<Elf64>);
}

std::string product_digest(const std::string& path, const std::string& folder) {
  std::string text = read_file(path, kLargestProgram);
  if (auto parts = by_class<std::string>(text, loaded_parts<Elf32>, loaded_parts<Elf64>)) text = std::move(*parts);
  leave_out(text, folder);
  return sha256(text);
}

}  // namespace assay::host
