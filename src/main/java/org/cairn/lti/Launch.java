package org.cairn.lti;

/** A launch whose every check has held. */
public sealed interface Launch permits ResourceLaunch {}
