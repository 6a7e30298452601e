package cloud.wuye.platform.paging;

import java.util.List;
import java.util.function.Function;

/**
 * One page of a list as it came from the database.
 *
 * @param items the rows, in order
 * @param cursors the cursor of each row
 * @param hasNext whether rows follow
 * @param hasPrevious whether the page began after a row
 */
public record Page<T>(List<T> items, List<String> cursors, boolean hasNext, boolean hasPrevious) {

    /** The page with each row shown differently. */
    public <R> Page<R> map(Function<? super T, ? extends R> show) {
        return new Page<>(items.stream().<R>map(show).toList(), cursors, hasNext, hasPrevious);
    }
}
