<?xml version="1.0" encoding="UTF-8"?>
<!-- What stands in each stylesheet that is made of a Schematron pattern for Saxon (validation/schematron/stylesheet.py):
     the places of nodes, and the functions that ask for files. Saxon itself may read nothing; what is asked for by name
     is told to Python (the error "needed"), which gives it in $given, or says that it is missing or refused.
     The prefix is long so that it meets none of a schema. XSLT 3.0, chapters 14 (functions) and 18 (accumulators). -->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
  xmlns:tei-edition="https://tei-edition/schematron" xmlns:xs="http://www.w3.org/2001/XMLSchema">

  <!-- What was asked for so far: "doc file:/a/list.xml" and the document, "missing text …" or "refused doc …" and why. -->
  <xsl:param name="tei-edition:given"/>

  <!-- The number of a node in the order of the document, the root element being 0: elements, comments, instructions. -->
  <xsl:accumulator name="tei-edition:number" initial-value="-1" as="xs:integer">
    <xsl:accumulator-rule match="*" select="$value + 1"/>
    <xsl:accumulator-rule match="*//comment()" select="$value + 1"/>
    <xsl:accumulator-rule match="*//processing-instruction()" select="$value + 1"/>
  </xsl:accumulator>

  <xsl:function name="tei-edition:place" as="attribute()*">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="before" select="$node[self::text()]/preceding-sibling::node()[1]"/>
    <xsl:variable name="holder" select="if ($before) then $before else ($node[self::*], $node/parent::*, $node)[1]"/>
    <xsl:variable name="named" select="if ($node/self::comment() or $node/self::processing-instruction()) then $node
      else $holder"/>
    <xsl:attribute name="n" select="$named/accumulator-before('tei-edition:number')"/>
    <xsl:choose>
      <xsl:when test="$node/self::attribute()">
        <xsl:attribute name="name" select="if (namespace-uri($node) = '') then name($node)
          else concat('{', namespace-uri($node), '}', local-name($node))"/>
      </xsl:when>
      <xsl:when test="$node/self::text()">
        <xsl:attribute name="part" select="if ($before) then 'tail' else 'text'"/>
      </xsl:when>
      <xsl:when test="$node/self::document-node()">
        <xsl:attribute name="part" select="'root'"/>
      </xsl:when>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="tei-edition:refuse">
    <xsl:param name="why" as="xs:string"/>
    <xsl:sequence select="error(QName('https://tei-edition/schematron', 'tei-edition:refused'), $why)"/>
  </xsl:function>

  <!-- Whether something is there; what nobody has looked for yet is asked for. -->
  <xsl:function name="tei-edition:there" as="xs:boolean">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="address" as="xs:string"/>
    <xsl:variable name="key" select="concat($kind, ' ', $address)"/>
    <xsl:choose>
      <xsl:when test="exists($tei-edition:given($key))"><xsl:sequence select="true()"/></xsl:when>
      <xsl:when test="exists($tei-edition:given(concat('missing ', $key)))"><xsl:sequence select="false()"/></xsl:when>
      <xsl:when test="exists($tei-edition:given(concat('refused ', $key)))">
        <xsl:sequence select="tei-edition:refuse($tei-edition:given(concat('refused ', $key)))"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:sequence select="error(QName('https://tei-edition/schematron', 'tei-edition:needed'), concat('needed: ', $key, ' ;'))"/>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="tei-edition:read" as="item()">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:param name="address" as="xs:string"/>
    <xsl:sequence select="if (tei-edition:there($kind, $address)) then $tei-edition:given(concat($kind, ' ', $address))
      else tei-edition:refuse(string($tei-edition:given(concat('missing ', $kind, ' ', $address))))"/>
  </xsl:function>

  <xsl:function name="tei-edition:absolute" as="xs:string">
    <xsl:param name="address" as="item()"/>
    <xsl:param name="base" as="xs:anyURI?"/>
    <xsl:sequence select="if (empty($base)) then tei-edition:refuse(concat('“', $address, '” is beside no file'))
      else string(resolve-uri(string($address), $base))"/>
  </xsl:function>

  <!-- The functions of XPath 3.1 and XSLT 3.0 of the same names. An address in a node is meant from where that stands. -->
  <xsl:function name="tei-edition:doc" as="document-node()?">
    <xsl:param name="address" as="xs:string?"/>
    <xsl:sequence select="$address ! tei-edition:read('doc', tei-edition:absolute(., static-base-uri()))"/>
  </xsl:function>
  <xsl:function name="tei-edition:doc-available" as="xs:boolean">
    <xsl:param name="address" as="xs:string?"/>
    <xsl:sequence select="exists($address) and
      ($address ! tei-edition:there('doc', tei-edition:absolute(., static-base-uri())))"/>
  </xsl:function>
  <xsl:function name="tei-edition:document" as="node()*">
    <xsl:param name="address" as="item()*"/>
    <xsl:sequence select="tei-edition:document-from($address, ())"/>
  </xsl:function>
  <xsl:function name="tei-edition:document" as="node()*">
    <xsl:param name="address" as="item()*"/>
    <xsl:param name="beside" as="node()"/>
    <xsl:sequence select="tei-edition:document-from($address, $beside)"/>
  </xsl:function>
  <xsl:function name="tei-edition:document-from" as="node()*">
    <xsl:param name="address" as="item()*"/>
    <xsl:param name="beside" as="node()?"/>
    <xsl:variable name="found" as="node()*">
      <xsl:for-each select="$address">
        <xsl:variable name="base" as="xs:anyURI?" select="if (exists($beside)) then base-uri($beside)
          else if (. instance of node()) then base-uri(.) else static-base-uri()"/>
        <xsl:variable name="file" select="tei-edition:read('doc', tei-edition:absolute(replace(., '#.*$', ''), $base))"/>
        <xsl:variable name="id" select="substring-after(., '#')"/>
        <xsl:sequence select="if ($id = '') then $file else ($file//*[@xml:id = $id])[1]"/>
      </xsl:for-each>
    </xsl:variable>
    <xsl:sequence select="$found | ()"/>
  </xsl:function>
  <xsl:function name="tei-edition:unparsed-text" as="xs:string?">
    <xsl:param name="address" as="xs:string?"/>
    <xsl:sequence select="$address ! tei-edition:read('text', tei-edition:absolute(., static-base-uri()))"/>
  </xsl:function>
  <xsl:function name="tei-edition:unparsed-text" as="xs:string?">
    <xsl:param name="address" as="xs:string?"/>
    <xsl:param name="encoding" as="xs:string"/>
    <xsl:sequence select="if (lower-case($encoding) = 'utf-8') then tei-edition:unparsed-text($address)
      else tei-edition:refuse('files are read in UTF-8 only')"/>
  </xsl:function>
  <xsl:function name="tei-edition:unparsed-text-available" as="xs:boolean">
    <xsl:param name="address" as="xs:string?"/>
    <xsl:sequence select="exists($address) and
      ($address ! tei-edition:there('text', tei-edition:absolute(., static-base-uri())))"/>
  </xsl:function>
  <xsl:function name="tei-edition:unparsed-text-lines" as="xs:string*">
    <xsl:param name="address" as="xs:string?"/>
    <xsl:variable name="lines" select="tokenize(tei-edition:unparsed-text($address), '\r\n|\r|\n')"/>
    <xsl:sequence select="if ($lines[last()] = '') then $lines[position() lt last()] else $lines"/>
  </xsl:function>
  <xsl:function name="tei-edition:json-doc" as="item()?">
    <xsl:param name="address" as="xs:string?"/>
    <xsl:sequence select="$address ! parse-json(tei-edition:unparsed-text(.))"/>
  </xsl:function>
  <xsl:function name="tei-edition:environment-variable" as="xs:string?">
    <xsl:param name="name" as="xs:string"/>
    <xsl:sequence select="tei-edition:refuse(concat('environment-variable() asks for ', $name, ', which is not in the document'))"/>
  </xsl:function>
  <xsl:function name="tei-edition:available-environment-variables" as="xs:string*">
    <xsl:sequence select="tei-edition:refuse('available-environment-variables() asks for what is not in the document')"/>
  </xsl:function>
</xsl:stylesheet>
