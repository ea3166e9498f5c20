/** The data source, the migrations and the transaction. Knows no other room. */
@NullMarked
package org.cairn.db;

import org.jspecify.annotations.NullMarked;
