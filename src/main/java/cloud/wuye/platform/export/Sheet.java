package cloud.wuye.platform.export;

import java.io.IOException;
import java.util.List;

/** A file being written, line by line, onto a stream that keeps nothing of it. */
interface Sheet {
    /** One line; as many cells as there are columns. */
    void line(List<Cell> cells) throws IOException;

    /** Hands what is complete on to the stream, so that memory holds a chunk and not a file. */
    void flush() throws IOException;

    /** Writes what ends the file. */
    void finish() throws IOException;
}
