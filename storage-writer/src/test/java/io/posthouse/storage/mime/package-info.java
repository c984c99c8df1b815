@NullMarked
package io.posthouse.storage.mime;

import org.jspecify.annotations.NullMarked;
