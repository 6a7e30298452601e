package cloud.wuye.platform.graphql;

import cloud.wuye.platform.db.DatabaseTrouble;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;
import io.quarkus.security.AuthenticationException;
import io.quarkus.security.ForbiddenException;
import io.quarkus.security.UnauthorizedException;
import jakarta.persistence.OptimisticLockException;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.Set;

/** What an exception means: someone's doing, a thing that is away, or a mistake of ours. */
final class Failures {
    private Failures() {}

    /** The problem behind an exception; INTERNAL if it is none that we know. */
    static Problem problem(Throwable failure) {
        Set<Throwable> seen = Collections.newSetFromMap(new IdentityHashMap<>());
        for (Throwable cause = failure; cause != null && seen.add(cause); cause = cause.getCause()) {
            Problem known = known(cause);
            if (known != null) {
                return known;
            }
        }
        boolean passing = DatabaseTrouble.isAway(failure) || DatabaseTrouble.isContention(failure);
        return new Problem(passing ? ProblemCode.UNAVAILABLE : ProblemCode.INTERNAL);
    }

    private static Problem known(Throwable cause) {
        if (cause instanceof Problem problem) {
            return problem;
        }
        if (cause instanceof UnauthorizedException || cause instanceof AuthenticationException) {
            return new Problem(ProblemCode.UNAUTHENTICATED);
        }
        if (cause instanceof ForbiddenException) {
            return new Problem(ProblemCode.FORBIDDEN);
        }
        if (cause instanceof OptimisticLockException) {
            return new Problem(ProblemCode.STALE);
        }
        return null;
    }
}
