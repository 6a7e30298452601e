package cloud.wuye.kit;

/** Something that whoever started the kit must be told, in a sentence that says what to do. */
public class KitException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KitException(String message) {
        super(message);
    }

    public KitException(String message, Throwable cause) {
        super(message, cause);
    }
}
