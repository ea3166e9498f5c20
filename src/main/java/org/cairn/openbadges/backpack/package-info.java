/** Apps that learners let fetch their credentials: OAuth 2.0 as Open Badges 3.0 §7 asks for it, and what such apps bring. */
@NullMarked
package org.cairn.openbadges.backpack;

import org.jspecify.annotations.NullMarked;
