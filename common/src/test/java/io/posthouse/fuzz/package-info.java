/// Inputs that nobody thought of, from those somebody did.
@org.jspecify.annotations.NullMarked
package io.posthouse.fuzz;
