#include "core/host/process/ports.hpp"

#include <arpa/inet.h>
#include <cerrno>
#include <cstring>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <fmt/format.h>

#include "core/error.hpp"

namespace assay::host {
namespace {

constexpr int kFirstOfFiveDigits = 10000;

class BoundSocket {
 public:
  BoundSocket() : descriptor_(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0)) {
    sockaddr_in address{};
    address.sin_family = AF_INET;
    address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
    socklen_t size = sizeof address;
    auto* const generic = reinterpret_cast<sockaddr*>(&address);
    if (descriptor_ < 0 || ::bind(descriptor_, generic, size) != 0 || ::getsockname(descriptor_, generic, &size) != 0) {
      const int reason = errno;
      if (descriptor_ >= 0) ::close(descriptor_);
      throw Error(fmt::format("cannot find a free port for the arms: {}", std::strerror(reason)));
    }
    port_ = ntohs(address.sin_port);
  }
  ~BoundSocket() {
    if (descriptor_ >= 0) ::close(descriptor_);
  }
  BoundSocket(BoundSocket&& other) noexcept : descriptor_(other.descriptor_), port_(other.port_) {
    other.descriptor_ = -1;
  }
  BoundSocket& operator=(BoundSocket&&) = delete;

  [[nodiscard]] int port() const { return port_; }

 private:
  int descriptor_;
  int port_ = 0;
};

}  // namespace

std::vector<int> free_ports(std::size_t count) {
  constexpr std::size_t kTries = 1000;
  std::vector<BoundSocket> held;  // all at once, so that no port is given twice
  std::vector<int> ports;
  while (ports.size() < count) {
    if (held.size() == count + kTries) throw Error("cannot find a free port of five digits for the arms");
    const int port = held.emplace_back().port();
    if (port >= kFirstOfFiveDigits) ports.push_back(port);
  }
  return ports;
}

}  // namespace assay::host
