/** HTTP: the routes, the pages and the answer to each problem. */
@NullMarked
package org.cairn.web;

import org.jspecify.annotations.NullMarked;
