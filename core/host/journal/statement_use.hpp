#pragma once

#include <SQLiteCpp/SQLiteCpp.h>

namespace assay::host {

/// A prepared statement in use. It is reset for its next use however the present one ends, because an open statement
/// would hold back the checkpoint of the write-ahead log.
class Use {
 public:
  explicit Use(SQLite::Statement& statement) : statement_(statement) {}
  ~Use() { statement_.tryReset(); }
  Use(const Use&) = delete;
  Use& operator=(const Use&) = delete;
  SQLite::Statement* operator->() const { return &statement_; }

 private:
  SQLite::Statement& statement_;
};

}  // namespace assay::host
