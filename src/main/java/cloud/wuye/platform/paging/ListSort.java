package cloud.wuye.platform.paging;

/**
 * What a list can be ordered by. Each list has an enum of its own, whose values name a {@link Keyset} that an index
 * serves; a list with one order has one value, and room for more.
 */
public interface ListSort {
    /** What a direction means in every list: to be its {@code @Description}. */
    String DIRECTION = "Which way. Absent: the usual way of what is ordered by, as its values say.";

    /** The order, going its usual way. */
    Keyset keyset();

    /** The order that was asked for; without one, the usual order. Without a direction it goes its usual way. */
    static <S extends ListSort> Keyset order(S wanted, S usual, SortDirection direction) {
        return (wanted == null ? usual : wanted).keyset().towards(direction);
    }
}
