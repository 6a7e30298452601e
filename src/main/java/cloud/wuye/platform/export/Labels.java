package cloud.wuye.platform.export;

import java.util.EnumMap;
import java.util.Map;

/** How the values of an enum are called in a file; none is forgotten. */
public final class Labels<E extends Enum<E>> {
    private final Class<E> type;
    private final Map<E, Words> words;

    private Labels(Class<E> type) {
        this.type = type;
        this.words = new EnumMap<>(type);
    }

    /** Begins with no value named. */
    public static <E extends Enum<E>> Labels<E> of(Class<E> type) {
        return new Labels<>(type);
    }

    /** The same labels and one more. */
    public Labels<E> and(E value, String zh, String en) {
        Labels<E> more = new Labels<>(type);
        more.words.putAll(words);
        more.words.put(value, new Words(zh, en));
        return more;
    }

    /** Whether every value is named; a column of unnamed values cannot be made. */
    boolean areComplete() {
        return words.size() == type.getEnumConstants().length;
    }

    /** The label of a value. */
    public String of(E value, ExportLanguage language) {
        return words.get(value).in(language);
    }

    @Override
    public String toString() {
        return type.getSimpleName() + words.keySet();
    }
}
