/* Exports nothing of the name. */
#define LIE_NO_ENTRY
#include "plugins/abi/pintu_plugin.h"
PINTU_EXPORT int pintu_plugin_entry_of_another_house;
int pintu_plugin_entry_of_another_house;
#include "liar.h"
