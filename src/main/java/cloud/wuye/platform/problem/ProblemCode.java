package cloud.wuye.platform.problem;

import static cloud.wuye.platform.problem.ProblemKind.CONFLICT;
import static cloud.wuye.platform.problem.ProblemKind.INVALID;
import static cloud.wuye.platform.problem.ProblemKind.LIMITED;

/**
 * The closed catalogue of what can go wrong, stable for clients. A text may hold {@code {0}}, {@code {1}} for safe
 * arguments. {@code docs/errors.md} is made from it.
 */
public enum ProblemCode {
    // Platform
    INTERNAL(ProblemKind.INTERNAL, "系统错误，请凭追踪编号联系我们", "Something went wrong on our side; quote the trace id"),
    UNAVAILABLE(ProblemKind.UNAVAILABLE, "服务暂时不可用，请稍后重试", "Temporarily unavailable, please try again"),
    UNAUTHENTICATED(ProblemKind.UNAUTHENTICATED, "请先登录", "Please log in"),
    FORBIDDEN(ProblemKind.FORBIDDEN, "没有权限", "You are not allowed to do this"),
    NOT_FOUND(ProblemKind.NOT_FOUND, "找不到：{0}", "Not found: {0}"),
    VALIDATION(INVALID, "输入有误：{0}", "Invalid input: {0}"),
    INVALID_CURSOR(INVALID, "分页游标无效", "Invalid page cursor"),
    PAGE_TOO_LARGE(INVALID, "每页最多 {0} 条", "A page holds at most {0} rows"),
    ALREADY_EXISTS(CONFLICT, "已存在：{0}", "Already exists: {0}"),
    STALE(CONFLICT, "数据已被他人修改，请刷新后重试", "Changed by someone else meanwhile; reload and try again"),
    ILLEGAL_STATE(CONFLICT, "当前状态 {0} 不允许此操作", "Not allowed in state {0}"),
    TOO_MANY_REQUESTS(LIMITED, "请求过于频繁", "Too many requests"),
    ;

    private final ProblemKind kind;
    private final String zh;
    private final String en;

    ProblemCode(ProblemKind kind, String zh, String en) {
        this.kind = kind;
        this.zh = zh;
        this.en = en;
    }

    /** What sort of trouble. */
    public ProblemKind kind() {
        return kind;
    }

    /** The message pattern in Chinese. */
    public String zh() {
        return zh;
    }

    /** The message pattern in English. */
    public String en() {
        return en;
    }
}
