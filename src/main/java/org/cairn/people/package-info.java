/** Tenants, learners and their accounts, roles, signed-in sessions. */
@NullMarked
package org.cairn.people;

import org.jspecify.annotations.NullMarked;
