package dev.trackit.runner.web;

import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** What lies between a browser and the agent, as a SOCKS 5 proxy (RFC 1928): it can be cut, and mended. */
final class CuttableCable implements AutoCloseable {
    private static final int VERSION = 5;
    private static final int IPV4 = 1;
    private static final int NAME = 3;

    private final ServerSocket door;
    private final Set<Socket> open = ConcurrentHashMap.newKeySet();
    private volatile boolean cut;

    CuttableCable() throws IOException {
        door = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        start("cable", this::accept);
    }

    /** Its address, as browsers take it. */
    String address() {
        return "socks5://127.0.0.1:" + door.getLocalPort();
    }

    /** Ends all connections and lets none begin. */
    void cut() {
        cut = true;
        open.forEach(CuttableCable::end);
    }

    /** Lets connections begin again. */
    void mend() {
        cut = false;
    }

    private void accept() {
        while (!door.isClosed()) {
            try {
                Socket browser = door.accept();
                open.add(browser);
                if (cut) {
                    end(browser);
                } else {
                    start("cable-connection", () -> connect(browser));
                }
            } catch (IOException e) {
                return; // It was closed.
            }
        }
    }

    private void connect(Socket browser) {
        try (browser;
                Socket agent = greet(browser)) {
            open.add(agent);
            if (cut) {
                return;
            }
            start("cable-back", () -> copy(agent, browser));
            copy(browser, agent);
        } catch (IOException e) {
            // The connection could not be made; the browser sees that it ends.
        } finally {
            open.remove(browser);
        }
    }

    /** Reads where the browser wants to go, and connects there. */
    private static Socket greet(Socket browser) throws IOException {
        DataInputStream in = new DataInputStream(browser.getInputStream());
        OutputStream out = browser.getOutputStream();
        in.readUnsignedByte();
        in.readFully(new byte[in.readUnsignedByte()]);
        out.write(new byte[] {VERSION, 0});
        in.readFully(new byte[3]);
        int type = in.readUnsignedByte();
        byte[] host = new byte[type == IPV4 ? 4 : type == NAME ? in.readUnsignedByte() : 16];
        in.readFully(host);
        int port = in.readUnsignedShort();
        Socket agent = new Socket(InetAddress.getLoopbackAddress(), port);
        out.write(new byte[] {VERSION, 0, 0, IPV4, 127, 0, 0, 1, 0, 0});
        return agent;
    }

    private static void copy(Socket from, Socket to) {
        try {
            InputStream in = from.getInputStream();
            OutputStream out = to.getOutputStream();
            in.transferTo(out);
        } catch (IOException e) {
            // One side ended it.
        } finally {
            end(from);
            end(to);
        }
    }

    private static void end(Socket socket) {
        try {
            socket.close();
        } catch (IOException e) {
            // It is gone.
        }
    }

    private static void start(String name, Runnable task) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        thread.start();
    }

    @Override
    public void close() throws IOException {
        door.close();
        open.forEach(CuttableCable::end);
    }
}
