/** What can be earned: achievements and their versions, issuers, attachments and bindings. */
@NullMarked
package org.cairn.catalog;

import org.jspecify.annotations.NullMarked;
