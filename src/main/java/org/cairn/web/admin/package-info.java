/** The pages of those who run Cairn: every one of them is first-party, and knows who asks before it does anything. */
@NullMarked
package org.cairn.web.admin;

import org.jspecify.annotations.NullMarked;
