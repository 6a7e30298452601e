package cloud.wuye.platform.problem;

/** What sort of trouble a problem is; decides the HTTP status where there is one to give. */
public enum ProblemKind {
    /** The request itself is wrong: 400. */
    INVALID(400),
    /** No valid token: 401. */
    UNAUTHENTICATED(401),
    /** A valid token without the right: 403. */
    FORBIDDEN(403),
    /** No such thing, or not the caller's: 404. */
    NOT_FOUND(404),
    /** The thing's state or a uniqueness rule refuses: 409. */
    CONFLICT(409),
    /** Too much at once: 429. */
    LIMITED(429),
    /** Something we need is away for now: 503. */
    UNAVAILABLE(503),
    /** Our fault: 500. */
    INTERNAL(500);

    private final int status;

    ProblemKind(int status) {
        this.status = status;
    }

    /** The HTTP status that fits. */
    public int status() {
        return status;
    }
}
