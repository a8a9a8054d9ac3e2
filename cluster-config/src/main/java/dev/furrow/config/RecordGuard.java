package dev.furrow.config;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Consumer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSession;

/**
 * An engine that gives up on what is no record of TLS (RFC 8446, 5.1) as soon as its first bytes
 * are there. The JDK's own would wait for the rest of records of 32 KiB, and of those of SSL 2;
 * Pekko's streams have less room than that, and then ask it for ever, one thread for each such
 * connection. Whoever can connect could send one.
 */
final class RecordGuard extends SSLEngine {

  private static final byte[] NO_TLS = {0, 0, 0, 0, 0};
  private static final int HEADER = 5;
  private static final int LEAST_TYPE = 20;
  private static final int MOST_TYPE = 24;
  private static final int VERSION = 3;

  /** 16 KiB, and what ciphers may add. */
  private static final int LONGEST = (16 << 10) + 2048;

  private final SSLEngine engine;
  private final Consumer<SSLException> failed;

  /**
   * Guards an engine.
   *
   * @param failed is told why a connection is given up
   */
  RecordGuard(SSLEngine engine, Consumer<SSLException> failed) {
    this.engine = engine;
    this.failed = failed;
  }

  @Override
  public SSLEngineResult unwrap(ByteBuffer from, ByteBuffer[] to, int offset, int length)
      throws SSLException {
    try {
      if (isTls(from)) {
        return engine.unwrap(from, to, offset, length);
      }
      from.position(from.limit());
      return engine.unwrap(
          ByteBuffer.wrap(NO_TLS), to, offset, length); // throws, and ends the engine
    } catch (SSLException why) {
      failed.accept(why);
      throw why;
    }
  }

  private static boolean isTls(ByteBuffer from) {
    if (from.remaining() < HEADER) {
      return true;
    }
    int start = from.position();
    int type = from.get(start);
    int version = from.get(start + 1);
    int length = (from.get(start + 3) & 0xff) << 8 | (from.get(start + 4) & 0xff);
    return type >= LEAST_TYPE && type <= MOST_TYPE && version == VERSION && length <= LONGEST;
  }

  // ---------------------------------------------------------- the engine's own

  @Override
  public void beginHandshake() throws SSLException {
    engine.beginHandshake();
  }

  @Override
  public void closeInbound() throws SSLException {
    engine.closeInbound();
  }

  @Override
  public void closeOutbound() {
    engine.closeOutbound();
  }

  @Override
  public Runnable getDelegatedTask() {
    return engine.getDelegatedTask();
  }

  @Override
  public boolean getEnableSessionCreation() {
    return engine.getEnableSessionCreation();
  }

  @Override
  public String[] getEnabledCipherSuites() {
    return engine.getEnabledCipherSuites();
  }

  @Override
  public String[] getEnabledProtocols() {
    return engine.getEnabledProtocols();
  }

  @Override
  public SSLEngineResult.HandshakeStatus getHandshakeStatus() {
    return engine.getHandshakeStatus();
  }

  @Override
  public boolean getNeedClientAuth() {
    return engine.getNeedClientAuth();
  }

  @Override
  public SSLSession getSession() {
    return engine.getSession();
  }

  @Override
  public SSLSession getHandshakeSession() {
    return engine.getHandshakeSession();
  }

  @Override
  public String[] getSupportedCipherSuites() {
    return engine.getSupportedCipherSuites();
  }

  @Override
  public String[] getSupportedProtocols() {
    return engine.getSupportedProtocols();
  }

  @Override
  public boolean getUseClientMode() {
    return engine.getUseClientMode();
  }

  @Override
  public boolean getWantClientAuth() {
    return engine.getWantClientAuth();
  }

  @Override
  public boolean isInboundDone() {
    return engine.isInboundDone();
  }

  @Override
  public boolean isOutboundDone() {
    return engine.isOutboundDone();
  }

  @Override
  public void setEnableSessionCreation(boolean flag) {
    engine.setEnableSessionCreation(flag);
  }

  @Override
  public void setEnabledCipherSuites(String[] suites) {
    engine.setEnabledCipherSuites(suites);
  }

  @Override
  public void setEnabledProtocols(String[] protocols) {
    engine.setEnabledProtocols(protocols);
  }

  @Override
  public void setNeedClientAuth(boolean need) {
    engine.setNeedClientAuth(need);
  }

  @Override
  public void setUseClientMode(boolean mode) {
    engine.setUseClientMode(mode);
  }

  @Override
  public void setWantClientAuth(boolean want) {
    engine.setWantClientAuth(want);
  }

  @Override
  public SSLParameters getSSLParameters() {
    return engine.getSSLParameters();
  }

  @Override
  public void setSSLParameters(SSLParameters parameters) {
    engine.setSSLParameters(parameters);
  }

  @Override
  public void setHandshakeApplicationProtocolSelector(
      BiFunction<SSLEngine, List<String>, String> selector) {
    engine.setHandshakeApplicationProtocolSelector(selector);
  }

  @Override
  public BiFunction<SSLEngine, List<String>, String> getHandshakeApplicationProtocolSelector() {
    return engine.getHandshakeApplicationProtocolSelector();
  }

  @Override
  public String getApplicationProtocol() {
    return engine.getApplicationProtocol();
  }

  @Override
  public String getHandshakeApplicationProtocol() {
    return engine.getHandshakeApplicationProtocol();
  }

  @Override
  public SSLEngineResult wrap(ByteBuffer[] from, int offset, int length, ByteBuffer to)
      throws SSLException {
    try {
      return engine.wrap(from, offset, length, to);
    } catch (SSLException why) {
      failed.accept(why);
      throw why;
    }
  }
}
