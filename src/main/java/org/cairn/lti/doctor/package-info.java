/** What is wrong with a connection to an LMS, hop by hop, and what to do about it. */
@NullMarked
package org.cairn.lti.doctor;

import org.jspecify.annotations.NullMarked;
