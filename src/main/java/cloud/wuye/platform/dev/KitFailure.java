package cloud.wuye.platform.dev;

/** The kit could not start; the message is its own explanation, meant for people. */
public class KitFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KitFailure(String message) {
        super(message);
    }
}
