/// `config check|show|reference`.
@NullMarked
package io.posthouse.ops.config;

import org.jspecify.annotations.NullMarked;
