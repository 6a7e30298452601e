package cloud.wuye.platform.problem;

import java.util.Locale;
import java.util.stream.Stream;

/** The one exception for all that may go wrong by someone's doing; carries a stable code and the field at fault. */
public class Problem extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final ProblemCode code;
    private final String field;
    private final transient Object[] arguments;

    /** A problem with no field at fault. */
    public Problem(ProblemCode code) {
        this(code, null);
    }

    /**
     * @param field path of the input field at fault, as the client wrote it, or null
     * @param arguments safe to show to the caller; fill {@code {0}}… of the message; words among them are a {@link Detail}
     */
    public Problem(ProblemCode code, String field, Object... arguments) {
        super(code.name());
        this.code = code;
        this.field = field;
        this.arguments = arguments.clone();
    }

    /** The stable code. */
    public ProblemCode code() {
        return code;
    }

    /** The field at fault, or null. */
    public String field() {
        return field;
    }

    /** The message for a reader: English for {@code en…}, Chinese for everyone else. */
    public String text(Locale locale) {
        String pattern = new Detail(code.zh(), code.en()).in(locale);
        Object[] shown = arguments == null ? new Object[0] : arguments;
        return Detail.filled(
                pattern,
                Stream.of(shown)
                        .map(each -> each instanceof Detail detail ? detail.in(locale) : each)
                        .toArray());
    }

    @Override
    public String getMessage() {
        return code.name() + (field == null ? "" : " [" + field + "]") + ": " + text(Locale.ENGLISH);
    }
}
