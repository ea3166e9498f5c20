/** How an LMS and Cairn come to know each other: files, dynamic registration, Canvas keys. */
@NullMarked
package org.cairn.lti.registration;

import org.jspecify.annotations.NullMarked;
