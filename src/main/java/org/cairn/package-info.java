/** The ids that every room may use, the one exception, the settings, and App, which wires the rooms together. */
@NullMarked
package org.cairn;

import org.jspecify.annotations.NullMarked;
