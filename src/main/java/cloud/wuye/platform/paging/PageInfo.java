package cloud.wuye.platform.paging;

import java.util.List;
import org.eclipse.microprofile.graphql.Description;

/** Where a page stands in its list. */
@Description("Where a page stands in its list.")
public record PageInfo(
        @Description("Whether rows follow this page.") boolean hasNextPage,
        @Description("Whether the page began after a cursor, so that rows stand before it.") boolean hasPreviousPage,
        @Description("The cursor of the first row; absent on an empty page.") String startCursor,
        @Description("The cursor of the last row, to be given as `after` for the next page; absent on an empty page.")
                String endCursor) {

    static PageInfo of(Page<?> page) {
        List<String> cursors = page.cursors();
        boolean empty = cursors.isEmpty();
        return new PageInfo(
                page.hasNext(),
                page.hasPrevious(),
                empty ? null : cursors.get(0),
                empty ? null : cursors.get(cursors.size() - 1));
    }
}
