package dev.furrow.node.http;

import dev.furrow.config.NodeSettings;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Who has which role, by bearer token (RFC 6750). Where no file names a token for a role, which is
 * allowed on loopback alone, everybody may do what that role may.
 */
final class Tokens {

  private static final String SCHEME = "Bearer ";

  private final @Nullable TokenFile view;
  private final @Nullable TokenFile admin;

  /** What comes of a question. */
  enum Answer {
    /** Go on. */
    GRANTED,
    /** It came with no token, or with one that nobody has. */
    UNKNOWN,
    /** Its token is for those who may less. */
    REFUSED
  }

  /**
   * Reads both files.
   *
   * @throws IllegalArgumentException a file gives no token, or both give the same; names them
   */
  Tokens(NodeSettings.Http http) {
    this.view =
        http.viewToken()
            .map(file -> new TokenFile("furrow.http.view-token-file", file))
            .orElse(null);
    this.admin =
        http.adminToken()
            .map(file -> new TokenFile("furrow.http.admin-token-file", file))
            .orElse(null);
    if (view != null && admin != null && admin.equalsNow(view)) {
      throw new IllegalArgumentException(
          "the files of furrow.http.view-token-file and furrow.http.admin-token-file must hold two"
              + " tokens (they hold the same): who may look could tell nodes to leave");
    }
  }

  /** Whether a role is with a request that has such a header {@code Authorization}. */
  Answer ask(Role role, Optional<String> authorization) {
    if (isOpen(role)) {
      return Answer.GRANTED;
    }
    String token = authorization.flatMap(Tokens::token).orElse(null);
    if (token == null) {
      return Answer.UNKNOWN;
    }
    if (admin != null && admin.holds(token)) {
      return Answer.GRANTED;
    }
    if (view == null || !view.holds(token)) {
      return Answer.UNKNOWN;
    }
    return role == Role.VIEW ? Answer.GRANTED : Answer.REFUSED;
  }

  private boolean isOpen(Role role) {
    return switch (role) {
      case ANYONE -> true;
      case VIEW -> view == null;
      case ADMIN -> admin == null;
    };
  }

  private static Optional<String> token(String authorization) {
    return authorization.regionMatches(true, 0, SCHEME, 0, SCHEME.length())
        ? Optional.of(authorization.substring(SCHEME.length()).strip())
        : Optional.empty();
  }
}
