// The tables that catalogue.cpp joins. A room's codes start with its two letters.
#pragma once

#include <span>

#include "engine/messages/messages.hpp"

namespace pintu::messages {

std::span<const Entry> base_table();           // BA
std::span<const Entry> yaml_table();           // YA
std::span<const Entry> calendar_table();       // CA
std::span<const Entry> registry_table();       // RG
std::span<const Entry> rules_syntax_table();   // RU0xx
std::span<const Entry> rules_check_table();    // RU1xx
std::span<const Entry> rules_analyse_table();  // RU2xx
std::span<const Entry> workflow_table();       // WF
std::span<const Entry> bundle_table();         // BU
std::span<const Entry> cases_table();          // CS
std::span<const Entry> history_table();        // HI
std::span<const Entry> runtime_table();        // RT
std::span<const Entry> intake_table();         // IN
std::span<const Entry> store_table();          // ST
std::span<const Entry> node_table();           // ND
std::span<const Entry> plugins_table();        // PL
std::span<const Entry> delivery_table();       // DL
std::span<const Entry> http_table();           // HT
std::span<const Entry> evidence_table();       // EV, BL
std::span<const Entry> cli_table();            // CL

}  // namespace pintu::messages
