/** Calls to an LMS's services: gradebook (AGS) and its outbox, roster (NRPS), groups, notices. */
@NullMarked
package org.cairn.lti.service;

import org.jspecify.annotations.NullMarked;
