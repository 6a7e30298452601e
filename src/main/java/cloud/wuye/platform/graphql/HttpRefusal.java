package cloud.wuye.platform.graphql;

import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;

/** A request that is not a GraphQL request at all, with the HTTP status that says so. */
final class HttpRefusal extends Problem {
    private static final long serialVersionUID = 1L;

    private final int status;

    HttpRefusal(int status, ProblemCode code, Object... arguments) {
        super(code, null, arguments);
        this.status = status;
    }

    int status() {
        return status;
    }
}
