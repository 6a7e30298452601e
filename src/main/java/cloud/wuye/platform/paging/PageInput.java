package cloud.wuye.platform.paging;

import cloud.wuye.platform.problem.Detail;
import cloud.wuye.platform.problem.Problem;
import cloud.wuye.platform.problem.ProblemCode;

/**
 * Which page of a list: the first so many rows, after a cursor.
 *
 * @param first how many rows, 0 to {@link #LIMIT}
 * @param after the cursor of the row before the page, or null for the start
 */
public record PageInput(int first, String after) {
    /** The most rows a page may have. */
    public static final int LIMIT = 200;

    /** The rows of a page whose size is not given, as the text that {@code @DefaultValue} wants. */
    public static final String DEFAULT = "50";

    /** What to say of the argument {@code first}. */
    public static final String FIRST = "How many rows, 0 to 200.";

    /** What to say of the argument {@code after}. */
    public static final String AFTER =
            "The endCursor of the page before this one, asked for with the same sort and direction. Absent: the start.";

    public PageInput {
        if (first < 0) {
            throw new Problem(ProblemCode.VALIDATION, "first", Detail.of("不能为负", "must not be negative"));
        }
        if (first > LIMIT) {
            throw new Problem(ProblemCode.PAGE_TOO_LARGE, "first", LIMIT);
        }
        after = after == null || after.isEmpty() ? null : after;
    }

    /** The page as it comes from GraphQL: an absent size is the default one. */
    public static PageInput of(Integer first, String after) {
        return new PageInput(first == null ? Integer.parseInt(DEFAULT) : first, after);
    }

    /** The first rows of a list. */
    public static PageInput first(int rows) {
        return new PageInput(rows, null);
    }
}
