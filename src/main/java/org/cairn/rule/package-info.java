/** The rule engine: requirements, evaluation, explanation, sentence, JSON. Pure: no SQL, HTTP, clock or chance. */
@NullMarked
package org.cairn.rule;

import org.jspecify.annotations.NullMarked;
