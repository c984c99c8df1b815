/// What users want done with their mail, as WildDuck lets them say it: filters, spam level,
/// forwards and autoreplies. Decisions only, pure.
@NullMarked
package io.posthouse.storage.rules;

import org.jspecify.annotations.NullMarked;
