package cloud.wuye.platform.problem;

import java.text.MessageFormat;
import java.util.Locale;
import java.util.stream.Stream;

/**
 * A detail of a problem in words, in both languages: it fills {@code {0}}… of the problem's message in the reader's own. Values, names
 * of fields and of enum constants need none; they are the same to everybody.
 */
public record Detail(String zh, String en) {
    /** Nothing but white space. */
    public static final Detail BLANK = of("不能为空", "must not be blank");

    /** Later than now. */
    public static final Detail IN_THE_FUTURE = of("不能晚于现在", "must not be in the future");

    /** Both texts; the values fill {@code {0}}… of each. */
    public static Detail of(String zh, String en, Object... values) {
        return new Detail(filled(zh, values), filled(en, values));
    }

    /** How many of something there may be, or how large it may be. */
    public static Detail between(long least, long most) {
        return of("须为 {0} 至 {1}", "must be {0} to {1}", least, most);
    }

    /** How long a text may be. */
    public static Detail characters(int least, int most) {
        return of("须为 {0} 至 {1} 个字符", "must be {0} to {1} characters", least, most);
    }

    /** The text for a reader: English for {@code en…}, Chinese for everyone else. */
    public String in(Locale locale) {
        return Locale.ENGLISH.getLanguage().equals(locale.getLanguage()) ? en : zh;
    }

    /** As a problem's message is filled: values as they are, never grouped or rounded. */
    static String filled(String pattern, Object... values) {
        return MessageFormat.format(
                pattern.replace("'", "''"),
                Stream.of(values).map(String::valueOf).toArray());
    }

    @Override
    public String toString() {
        return en;
    }
}
