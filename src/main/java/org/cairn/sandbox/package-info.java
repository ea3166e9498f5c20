/** A small LMS for the demo and the tests, written from the specifications; leans on no other room. */
@NullMarked
package org.cairn.sandbox;

import org.jspecify.annotations.NullMarked;
