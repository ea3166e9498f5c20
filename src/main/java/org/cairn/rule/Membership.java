package org.cairn.rule;

/** A group of people that somebody belongs to. */
public record Membership(Member.Group group, String name) {}
