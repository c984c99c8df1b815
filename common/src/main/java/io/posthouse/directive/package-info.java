/// What operators order about messages in the queue, and whom that touches: a function of the
/// message and of all directives, so that everybody who meets the message decides the same.
@NullMarked
package io.posthouse.directive;

import org.jspecify.annotations.NullMarked;
